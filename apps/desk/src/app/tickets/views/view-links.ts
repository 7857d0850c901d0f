import { Component, computed, inject, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { People } from '../stores/people';
import { TicketList } from '../stores/ticket-list';
import { ViewCounts } from '../stores/view-counts';
import { ScheduledLink } from './scheduled-link';
import { STANDARD_VIEWS } from './standard-views';
import { ViewLink } from './view-link';

/** Up to so many teams are all shown, with or without tickets. */
const FEW_TEAMS = 10;

/** The views and teams as links, each with how many tickets it holds. */
@Component({
  selector: 'ld-view-links',
  imports: [Icon, ScheduledLink, TranslocoPipe, ViewLink],
  template: `
    <nav [attr.aria-label]="'views.label' | transloco">
      <ul>
        @for (view of main; track view.key) {
          <li>
            <ld-view-link
              [view]="view.key"
              [icon]="view.icon"
              [count]="counts().views[view.key]"
              (click)="chosen.emit()"
            >
              {{ 'views.' + view.key | transloco }}
            </ld-view-link>
          </li>
        }
      </ul>
      @if (people.teams().length > 0) {
        <h2>{{ 'views.teams' | transloco }}</h2>
        <ul>
          @for (team of shown(); track team.id) {
            <li>
              <ld-view-link
                view="all_open"
                icon="group"
                [team]="team.id"
                [count]="counts().teams[team.id]"
                (click)="chosen.emit()"
              >
                {{ team.name }}
              </ld-view-link>
            </li>
          }
          @if (quiet().length > 0) {
            <li>
              <button type="button" [attr.aria-expanded]="allTeams()" (click)="allTeams.set(!allTeams())">
                <ld-icon [name]="allTeams() ? 'keyboard_arrow_up' : 'keyboard_arrow_down'" />
                {{ (allTeams() ? 'views.fewerTeams' : 'views.moreTeams') | transloco: { count: quiet().length } }}
              </button>
            </li>
          }
        </ul>
      }
      <h2>{{ 'views.aside' | transloco }}</h2>
      <ul>
        @for (view of aside; track view.key) {
          <li>
            <ld-view-link
              [view]="view.key"
              [icon]="view.icon"
              [count]="counts().views[view.key]"
              (click)="chosen.emit()"
            >
              {{ 'views.' + view.key | transloco }}
            </ld-view-link>
          </li>
        }
      </ul>
      @if (mayReply()) {
        <ld-scheduled-link (chosen)="chosen.emit()" />
      }
    </nav>
  `,
  styles: `
    nav {
      padding: 0 8px 8px;
    }
    h2 {
      padding: 16px 8px 4px;
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-weight: 500;
    }
    button {
      display: flex;
      align-items: center;
      gap: 8px;
      inline-size: 100%;
      block-size: 30px;
      padding-inline: 8px;
      border: 0;
      border-radius: var(--ld-radius);
      background: none;
      color: var(--ld-text-quiet);
      font: inherit;
      cursor: pointer;
    }
    button:hover {
      background: var(--ld-hover);
    }
    ld-icon {
      font-size: 18px;
    }
  `,
})
export class ViewLinks {
  readonly chosen = output();
  protected readonly main = STANDARD_VIEWS.filter((view) => !view.aside);
  protected readonly aside = STANDARD_VIEWS.filter((view) => view.aside);
  protected readonly mayReply = computed(() => this.session.can('reply', 'Ticket'));
  protected readonly people = inject(People);
  protected readonly counts = inject(ViewCounts).current;
  protected readonly allTeams = signal(false);
  /** Teams that nobody looks for here: not one's own, without an active ticket, not the one in the address. */
  protected readonly quiet = computed(() => {
    const teams = this.people.teams();
    if (teams.length <= FEW_TEAMS) return [];
    const me = this.people.myId() ?? '';
    return teams.filter(
      (team) =>
        !team.memberIds.includes(me) &&
        (this.counts().teams[team.id]?.count ?? 0) === 0 &&
        this.list.asked()?.team !== team.id,
    );
  });
  protected readonly shown = computed(() => {
    const quiet = this.allTeams() ? [] : this.quiet();
    return this.people.teams().filter((team) => !quiet.includes(team));
  });
  private readonly list = inject(TicketList);
  private readonly session = inject(Session);
}
