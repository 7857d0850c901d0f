import type { PipeTransform } from '@nestjs/common';
import { customerNotFound } from '../queries/customer-views.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is no id can not be a customer's: the same answer as for a customer who does not exist. */
export class CustomerIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw customerNotFound();
  }
}
