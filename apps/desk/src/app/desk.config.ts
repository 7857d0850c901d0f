import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { inject, isDevMode, provideAppInitializer, provideBrowserGlobalErrorListeners } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { TranslocoService, provideTransloco } from '@jsverse/transloco';
import { provideApiConfiguration } from '@ledgerdesk/web-api';
import { StepUp, conversation, credentials, proof } from '@ledgerdesk/web-session';
import { Language } from '@ledgerdesk/web-ui';
import { firstValueFrom } from 'rxjs';
import { StepUpByDialog } from './account/proof/step-up-by-dialog';
import { deskRoutes } from './desk.routes';
import { platformCredentials } from './platform/platform-credentials.interceptor';
import { BundledTexts } from './bundled-texts';

export const deskConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(deskRoutes, withComponentInputBinding()),
    provideHttpClient(withInterceptors([platformCredentials, proof, credentials, conversation])),
    { provide: StepUp, useExisting: StepUpByDialog },
    provideApiConfiguration(''),
    provideTransloco({
      config: {
        availableLangs: ['en', 'de'],
        defaultLang: 'en',
        fallbackLang: 'en',
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: BundledTexts,
    }),
    provideAppInitializer(() => {
      const texts = inject(TranslocoService);
      return firstValueFrom(texts.load(inject(Language).current()));
    }),
  ],
};
