import type { PipeTransform } from '@nestjs/common';
import { roleNotFound } from '../queries/role-book.js';

const CUSTOM = /^custom:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** The id behind the name of a custom role. The six roles are nobody's to change: the same answer as for one that does not exist. */
export class RoleIdPipe implements PipeTransform<string, string> {
  transform(role: string): string {
    const [, id] = CUSTOM.exec(role) ?? [];
    if (id !== undefined) return id;
    throw roleNotFound();
  }
}
