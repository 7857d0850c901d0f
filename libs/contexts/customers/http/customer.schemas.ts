import { z } from 'zod';
import { CUSTOMER_LIMITS } from '../domain/customer-text.js';
import { ERASURE_REASONS } from '@ledgerdesk/kernel';
import type { CustomerView } from '../domain/customer-view.js';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });

const example: CustomerView = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5d',
  version: 0,
  name: 'Grace Hopper',
  addresses: [{ addressId: '5f9c4f0e-7d8b-8c7e-9b0e-3f6a1d2c4b5a', address: 'grace@example.com' }],
  notes: [],
  erased: false,
  erasure: null,
  externalId: null,
  registeredAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:30:00.000Z',
  imported: false,
};

export const CustomerSchema = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string().nullable(),
    addresses: z.array(z.object({ addressId: z.uuid(), address: z.string().nullable() })),
    notes: z
      .array(z.object({ id: z.uuid(), text: z.string().nullable(), actor: z.string(), at: instant }))
      .meta({ description: 'Newest first' }),
    erased: z.boolean(),
    erasure: z
      .object({
        state: z.enum(['requested', 'erased']),
        reason: z.enum(ERASURE_REASONS),
        requestedBy: z.string(),
        requestedAt: instant,
        erasedAt: instant.nullable(),
      })
      .nullable()
      .meta({ description: 'Null until it was decided to erase them' }),
    externalId: z.object({ source: z.string(), id: z.string() }).nullable(),
    registeredAt: instant,
    updatedAt: instant,
    imported: z.boolean(),
  })
  .meta({ id: 'Customer', example }) satisfies z.ZodType<CustomerView>;

export const CustomerPageSchema = z
  .object({
    data: z.array(CustomerSchema),
    page: z.object({ next: z.string().nullable(), hasMore: z.boolean() }),
  })
  .meta({ id: 'CustomerPage', example: { data: [example], page: { next: null, hasMore: false } } });

const name = z.string().min(1).max(CUSTOMER_LIMITS.name).meta({ example: 'Grace Hopper' });

export const RegisterCustomerBody = z
  .strictObject({
    name,
    email: z.string().min(3).max(CUSTOMER_LIMITS.address).meta({ format: 'email', example: 'grace@example.com' }),
  })
  .meta({ id: 'RegisterCustomer', example: { name: 'Grace Hopper', email: 'grace@example.com' } });
export type RegisterCustomerBody = z.infer<typeof RegisterCustomerBody>;

export const RenameCustomerBody = z
  .strictObject({ name })
  .meta({ id: 'RenameCustomer', example: { name: 'Rear Admiral Grace Hopper' } });
export type RenameCustomerBody = z.infer<typeof RenameCustomerBody>;

export const AddCustomerNoteBody = z
  .strictObject({ text: z.string().min(1).max(CUSTOMER_LIMITS.note) })
  .meta({ id: 'AddCustomerNote', example: { text: 'Prefers to be called in the morning.' } });
export type AddCustomerNoteBody = z.infer<typeof AddCustomerNoteBody>;

export const ListCustomersQuery = z.strictObject({
  q: z.string().max(200).optional().meta({ description: 'Part of a name or address', example: 'hopper' }),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .pipe(z.number().int().max(100))
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 100, description: '50 by default', example: 50 }),
  after: z.string().max(2000).optional().meta({ description: '`page.next` of the page before' }),
});
export type ListCustomersQuery = z.infer<typeof ListCustomersQuery>;
