import { Component } from '@angular/core';

/** The teams. */
@Component({ selector: 'ld-teams-page', template: '' })
export class TeamsPage {}
