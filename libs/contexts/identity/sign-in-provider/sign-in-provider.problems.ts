import { defineProblem } from '@ledgerdesk/http';

/** What setting up a provider can be refused with. Signing in with one has a single refusal, which is a page. */
export const signInProviderProblems = {
  issuerInvalid: defineProblem(
    'sign-in-provider.issuer-invalid',
    422,
    'This is not an issuer',
    'Enter the issuer as the provider names it: https://…, on the internet, without a query and without /.well-known/…',
  ),
  unreachable: defineProblem(
    'sign-in-provider.unreachable',
    422,
    'The provider gave no usable answer',
    'Nothing was changed. Check that <issuer>/.well-known/openid-configuration can be read from the internet and names this very issuer.',
  ),
  busy: defineProblem(
    'sign-in-provider.busy',
    503,
    'Too many calls to other systems are under way',
    'Nothing was changed. Try again in a few seconds.',
  ),
  secretRequired: defineProblem(
    'sign-in-provider.secret-required',
    422,
    'The client secret is missing',
    'Enter the client secret: there is none yet, or the issuer is another one, which must not get the secret of the one before.',
  ),
  domainInvalid: defineProblem(
    'sign-in-provider.domain-invalid',
    422,
    'This is not a domain',
    'Enter domains as example.org, without @ and in the letters that DNS knows.',
  ),
  claimMissing: defineProblem(
    'sign-in-provider.claim-missing',
    422,
    'The rules for roles look at no claim',
    'Name the claim that the rules look at, or remove the rules.',
  ),
};
