import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Ticket } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { Avatar, Icon, PRIORITIES, PRIORITY_LOOK, PriorityMark, StatusChip } from '@ledgerdesk/web-ui';
import type { DeskCommand } from '@ledgerdesk/web-ui';
import { Panes } from '../../panes';
import { People } from '../../stores/people';
import { TicketActions } from '../actions/ticket-actions';
import { InstantPipe } from '../words/instant';
import { SubjectLine } from './subject-line';
import { TagsEditor } from './tags-editor';

/** The head of the open ticket: its subject and its fields, each changed where it stands. */
@Component({
  selector: 'ld-ticket-head',
  imports: [
    Avatar,
    Icon,
    InstantPipe,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
    PriorityMark,
    RouterLink,
    StatusChip,
    SubjectLine,
    TagsEditor,
    TranslocoPipe,
  ],
  templateUrl: './ticket-head.html',
  styleUrl: './ticket-head.scss',
})
export class TicketHead {
  readonly ticket = input.required<Ticket>();
  /** What the status menu offers, and what the menu of everything else does. */
  readonly moves = input.required<readonly DeskCommand[]>();
  readonly offers = input.required<readonly DeskCommand[]>();
  readonly assign = output();
  readonly categorise = output();

  protected readonly panes = inject(Panes);
  protected readonly actions = inject(TicketActions);
  protected readonly priorities = PRIORITIES;
  protected readonly looks = PRIORITY_LOOK;
  private readonly people = inject(People);
  private readonly session = inject(Session);
  private readonly subject = viewChild.required(SubjectLine);
  private readonly tags = viewChild.required(TagsEditor);

  protected readonly mayEdit = computed(() => this.actions.may('edit'));
  protected readonly mayChange = computed(() => this.offers().length > 0);
  protected readonly mayReadLedger = computed(() => this.session.can('read-ledger', 'Ticket'));
  protected readonly assignee = computed(() => this.people.memberName(this.ticket().assigneeId));
  protected readonly team = computed(() => this.people.teamName(this.ticket().teamId));
  protected readonly category = computed(() => {
    const { category, subcategory } = this.ticket();
    return category === null || subcategory === null ? category : `${category} / ${subcategory}`;
  });

  /** Begins to rename the ticket. */
  rename(): void {
    this.subject().edit();
  }

  /** Begins to add a tag. */
  tag(): void {
    this.tags().edit();
  }
}
