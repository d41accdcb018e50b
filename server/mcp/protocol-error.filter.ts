import { ProtocolError } from '@modelcontextprotocol/server';
import { Catch, type ExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/** Lets protocol errors through. Without it mcp-nest turns each into a tool result “Internal server error”. */
@Catch(ProtocolError)
export class ProtocolErrorFilter implements ExceptionFilter<ProtocolError> {
  catch(error: ProtocolError): Observable<never> {
    return throwError(() => error);
  }
}
