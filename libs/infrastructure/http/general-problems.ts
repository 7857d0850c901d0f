import { defineProblem } from './problem.js';

/** Problems that any endpoint can answer with. */
export const general = {
  malformed: defineProblem(
    'request.malformed',
    400,
    'The request can not be read',
    'The body is not well-formed JSON, or holds something that no field may hold. Correct the request.',
  ),
  invalid: defineProblem(
    'request.invalid',
    400,
    'The request does not fit the operation',
    'One or more places of the request are missing, unknown or out of range; `errors` names each. Correct them.',
  ),
  signInRequired: defineProblem(
    'auth.required',
    401,
    'A valid access token is needed',
    'Send `Authorization: Bearer <token>`; when the token has expired, refresh the session or sign in again.',
  ),
  forbidden: defineProblem(
    'auth.forbidden',
    403,
    'The role of this member does not allow it',
    'Ask an administrator of the workspace for a role that may do this.',
  ),
  secondFactorRequired: defineProblem(
    'auth.second-factor-required',
    403,
    'A second factor has to be set up first',
    'The workspace asks its members for a second factor. Set one up (`POST /me/second-factor/begin`), then go on.',
  ),
  stepUpRequired: defineProblem(
    'auth.step-up-required',
    403,
    'The password is needed once more',
    'This can not be taken back or opens doors. Show the password (`POST /auth/step-up`) and send the request again within ten minutes.',
  ),
  suspended: defineProblem(
    'workspace.suspended',
    403,
    'The workspace is suspended',
    'Those who run the installation have stopped it: it can be read and exported, and nothing else. Ask them; the reason stands in the desk.',
  ),
  scopeMissing: defineProblem(
    'api-key.scope-missing',
    403,
    'The API key was not made for this',
    'Make a key with the scope that the operation names in the API description. Operations that name none are for members only.',
  ),
  originRefused: defineProblem(
    'request.origin-refused',
    403,
    'A page of another site may not call this',
    'Add the origin to CORS_ORIGINS of the installation if it is yours.',
  ),
  notFound: defineProblem(
    'resource.not-found',
    404,
    'Nothing is here',
    'The address is wrong, or what it names does not exist in this workspace.',
  ),
  methodNotAllowed: defineProblem(
    'request.method-not-allowed',
    405,
    'The address does not know this method',
    'See the API description for the methods of this address.',
  ),
  timeout: defineProblem(
    'request.timeout',
    408,
    'The request came too slowly',
    'The body was not complete in time. Send it again over a better connection.',
  ),
  conflict: defineProblem(
    'request.conflict',
    409,
    'The request does not fit the present state',
    'Read the present state and decide again.',
  ),
  inProgress: defineProblem(
    'request.in-progress',
    409,
    'The same request is still being worked on',
    'A request with this Idempotency-Key has not been answered yet. Wait for the seconds of Retry-After and send it again.',
  ),
  stale: defineProblem(
    'request.stale',
    412,
    'Somebody changed the same field meanwhile',
    '`conflicts` shows both values. Read the present state and decide again with its ETag.',
  ),
  tooLarge: defineProblem('request.too-large', 413, 'The body is too large', 'JSON bodies may have 100 kB at most.'),
  unsupportedMedia: defineProblem(
    'request.unsupported-media-type',
    415,
    'The body is not plain JSON',
    'Send `Content-Type: application/json` in UTF-8, without any Content-Encoding.',
  ),
  misdirected: defineProblem(
    'request.host-refused',
    421,
    'This installation has another name',
    'The Host header names a site that is not served here. Use the public address of the installation.',
  ),
  notAllowed: defineProblem(
    'request.not-allowed',
    422,
    'The command is not allowed',
    'The request is well-formed, but what it asks for breaks a rule; `detail` says which.',
  ),
  keyReused: defineProblem(
    'request.key-reused',
    422,
    'The Idempotency-Key belongs to another request',
    'This key was used for this operation with a different address or body. Use a new key for a new request.',
  ),
  preconditionRequired: defineProblem(
    'request.precondition-required',
    428,
    'If-Match is needed',
    'Send the ETag that you have read in `If-Match`, or `If-Match: *` when you mean to overwrite whatever is there.',
  ),
  tooMany: defineProblem(
    'request.too-many',
    429,
    'Too many requests',
    'Wait for the seconds of Retry-After and send the request again.',
  ),
  internal: defineProblem(
    'internal',
    500,
    'Something is broken on our side',
    'It has been logged under the request id. A POST with an Idempotency-Key can be sent again safely.',
  ),
  unavailable: defineProblem(
    'service.unavailable',
    503,
    'A part of the service is not available',
    'Wait for the seconds of Retry-After and send the request again. A POST with an Idempotency-Key can be repeated safely.',
  ),
} as const;
