import type { PipeTransform } from '@nestjs/common';
import { replyNotFound } from '../commands/scheduled-replies.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is no id can not be a reply's: the same answer as for a reply that does not exist. */
export class ReplyIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw replyNotFound();
  }
}
