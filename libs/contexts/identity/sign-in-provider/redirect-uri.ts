/**
 * Where the provider of a workspace sends browsers back to. Each workspace has one of its own, so that an answer of one provider is never
 * taken for that of another (RFC 9700, 4.4.2.2): some of the largest providers do not say in their answers who they are.
 */
export function redirectUri(publicUrl: string, slug: string): string {
  return `${publicUrl}/api/v1/auth/oidc/${slug}/callback`;
}
