import { Component } from '@angular/core';

/** The people who ask for help. */
@Component({ selector: 'ld-customers-page', template: '' })
export class CustomersPage {}
