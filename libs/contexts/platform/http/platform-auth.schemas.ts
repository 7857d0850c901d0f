import { z } from 'zod';

const ADMIN = { id: '5b1c5f0a-2f0e-5d8e-9b0e-3f6a1d2c4b5a', name: 'Olena Marchuk', email: 'olena@platform.example' };

/** No longer password is hashed. */
const LONGEST_PASSWORD = 256;

export const PlatformSignInBody = z
  .strictObject({
    email: z.string().min(3).max(254).meta({ format: 'email', example: ADMIN.email }),
    password: z.string().min(1).max(LONGEST_PASSWORD).meta({ format: 'password', example: 'four quiet boats at noon' }),
  })
  .meta({ id: 'PlatformSignIn', example: { email: ADMIN.email, password: 'four quiet boats at noon' } });
export type PlatformSignInBody = z.infer<typeof PlatformSignInBody>;

export const PlatformAdminView = z
  .object({ id: z.uuid(), name: z.string(), email: z.string() })
  .meta({ id: 'PlatformAdmin', example: ADMIN });
export type PlatformAdminView = z.infer<typeof PlatformAdminView>;

export const PlatformSignedInView = z
  .object({
    accessToken: z.string().meta({ description: 'For `Authorization: Bearer …`, on the routes of the platform only' }),
    expiresIn: z.int().meta({ description: 'Seconds' }),
    sessionEndsAt: z.iso.datetime({ offset: true }).meta({
      description: 'When the password has to be shown again; sooner after half an hour without a request',
    }),
    admin: PlatformAdminView,
  })
  .meta({
    id: 'PlatformSignedIn',
    example: {
      accessToken: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln',
      expiresIn: 900,
      sessionEndsAt: '2026-11-20T17:30:00.000Z',
      admin: ADMIN,
    },
  });
export type PlatformSignedInView = z.infer<typeof PlatformSignedInView>;
