import { HttpErrorResponse } from '@angular/common/http';
import { problemOf } from './problem';

describe('a refusal of the api', () => {
  const refusal = (error: unknown, status = 400): HttpErrorResponse => new HttpErrorResponse({ status, error });

  it('says what is wrong at the first place that it names', () => {
    const errors = [{ pointer: '?q', code: 'search.value', message: 'status is one of new, open.' }];
    const problem = problemOf(refusal({ code: 'request.invalid', detail: 'One or more places …', errors }));
    expect(problem).toMatchObject({ code: 'request.invalid', detail: 'status is one of new, open.' });
  });

  it.each([[undefined], [[]], ['nonsense'], [[{ message: 7 }]]])(
    'has its own sentence when the places are %j',
    (errors) => {
      expect(problemOf(refusal({ detail: 'Closed.', errors }, 409)).detail).toBe('Closed.');
    },
  );

  it('is read where the operation answers no body, and the refusal came as text', () => {
    const text = JSON.stringify({ code: 'password.refused', detail: 'The current password is not right.' });
    expect(problemOf(refusal(text, 422))).toMatchObject({ status: 422, code: 'password.refused' });
    expect(problemOf(refusal('<html>', 502))).toMatchObject({ status: 502, code: 'http.502' });
  });

  it('names a code for a server that is not reached, and for an answer that is none of the api', () => {
    expect(problemOf(refusal({}, 0))).toMatchObject({ status: 0, code: 'network' });
    expect(problemOf(refusal({}, 502))).toMatchObject({ status: 502, code: 'http.502' });
  });
});
