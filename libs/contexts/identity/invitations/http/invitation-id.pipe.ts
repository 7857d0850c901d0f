import type { PipeTransform } from '@nestjs/common';
import { DomainError } from '@ledgerdesk/kernel';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is no id can not be an invitation's: the same answer as for one that does not exist. */
export class InvitationIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw new DomainError('not-found', 'invitation.not-found', 'There is no such invitation.');
  }
}
