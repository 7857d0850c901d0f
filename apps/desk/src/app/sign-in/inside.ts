/** Only addresses of this desk: never one that a link brought in from elsewhere. */
export function inside(url: string | undefined): string {
  return url !== undefined && /^\/(?![/\\])/u.test(url) && !url.startsWith('/sign-in') ? url : '/tickets';
}
