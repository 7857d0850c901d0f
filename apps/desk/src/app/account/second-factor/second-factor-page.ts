import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { inside } from '../../sign-in/inside';
import { Enrolment } from './enrolment';

/** All that somebody sees of a workspace that asks for a second factor, until they have one. */
@Component({
  selector: 'ld-second-factor-page',
  imports: [Enrolment, TranslocoPipe],
  template: `
    <main>
      <section class="card" aria-labelledby="set-up">
        <h1 id="set-up">{{ 'factor.required' | transloco }}</h1>
        <p>{{ 'factor.requiredLead' | transloco: { name: workspace() } }}</p>
        <ld-enrolment cancelText="commands.signOut" (done)="goOn()" (cancelled)="signOut()" />
      </section>
    </main>
  `,
  styles: `
    main {
      display: grid;
      place-items: center;
      min-block-size: 100dvh;
      padding: 24px 16px;
      background: var(--ld-side);
    }
    .card {
      display: grid;
      gap: 12px;
      inline-size: min(480px, 100%);
      padding: 32px;
      border: 1px solid var(--ld-line-strong);
      border-radius: 12px;
      background: var(--ld-page);
    }
    p {
      color: var(--ld-text-quiet);
    }
  `,
})
export class SecondFactorPage {
  /** Address inside the desk to open afterwards. */
  readonly to = input<string>();
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  protected readonly workspace = computed(() => this.session.me()?.workspace.name ?? '');

  /** The token of before is still known as one without a second factor; a new one is not. */
  protected async goOn(): Promise<void> {
    await this.session.renew();
    await this.session.reread();
    await this.router.navigateByUrl(inside(this.to()));
  }

  protected async signOut(): Promise<void> {
    await this.session.signOut();
    await this.router.navigateByUrl('/sign-in');
  }
}
