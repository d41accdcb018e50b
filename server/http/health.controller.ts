import { Controller, Get, Logger, Res } from '@nestjs/common';
import type { Response } from 'express';

/** One thing that must work before requests are sent to this process. */
export interface ReadinessCheck {
  readonly name: string;
  /** Rejects when it does not work, and does so soon. */
  check(): Promise<void>;
}

export class ReadinessChecks {
  constructor(readonly checks: readonly ReadinessCheck[]) {}
}

/** For whoever runs us. Names what is missing and never why: the reason is in the log. */
@Controller()
export class HealthController {
  readonly #logger = new Logger(HealthController.name);

  constructor(private readonly readiness: ReadinessChecks) {}

  /** The process answers. */
  @Get('healthz')
  live() {
    return { status: 'ok' };
  }

  /** The process can do its work. */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response) {
    const { checks } = this.readiness;
    const results = await Promise.allSettled(checks.map((check) => check.check()));
    const missing = checks.filter((_, index) => results[index]!.status === 'rejected').map(({ name }) => name);
    if (missing.length === 0) return { status: 'ready' };
    this.#logger.warn(`Not ready: ${missing.join(', ')}.`);
    response.status(503).setHeader('Retry-After', '1');
    return { status: 'not_ready', missing };
  }
}
