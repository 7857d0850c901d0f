import { Component } from '@angular/core';

/** The ledger of the workspace, for those who answer for it and for auditors. */
@Component({ selector: 'ld-audit-page', template: '' })
export class AuditPage {}
