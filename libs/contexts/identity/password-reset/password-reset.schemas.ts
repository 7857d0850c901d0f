import { z } from 'zod';
import { LONGEST_PASSWORD } from '../passwords/passwords.js';

export const RequestPasswordResetBody = z
  .strictObject({
    email: z.string().min(3).max(254).meta({ format: 'email' }),
    language: z.enum(['en', 'de']).default('en').meta({ description: 'Language of the mail' }),
  })
  .meta({ id: 'RequestPasswordReset', example: { email: 'agent@demo.test', language: 'en' } });
export type RequestPasswordResetBody = z.infer<typeof RequestPasswordResetBody>;

export const CompletePasswordResetBody = z
  .strictObject({
    token: z.string().min(1).max(300).meta({ description: 'What stands after the # of the link' }),
    password: z.string().min(1).max(LONGEST_PASSWORD).meta({ format: 'password' }),
  })
  .meta({
    id: 'CompletePasswordReset',
    example: {
      token: '01936c0e-7a00-7000-8000-000000000007.hIN8CjYx6Rm5uNQ2PWZZSCEKXRnV3rSrvTRfbbmWU_Y',
      password: 'three quiet boats at noon',
    },
  });
export type CompletePasswordResetBody = z.infer<typeof CompletePasswordResetBody>;
