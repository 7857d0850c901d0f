import { bootstrapApplication } from '@angular/platform-browser';
import { Desk } from './app/desk';
import { deskConfig } from './app/desk.config';

bootstrapApplication(Desk, deskConfig).catch((error: unknown) => {
  console.error(error);
});
