import { Component } from '@angular/core';

/** One customer. */
@Component({ selector: 'ld-customer-page', template: '' })
export class CustomerPage {}
