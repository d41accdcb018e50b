import { Controller, Get, Logger, type OnModuleDestroy, Res } from '@nestjs/common';
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
export class HealthController implements OnModuleDestroy {
  readonly #logger = new Logger(HealthController.name);
  #isStopping = false;

  constructor(private readonly readiness: ReadinessChecks) {}

  onModuleDestroy(): void {
    this.#isStopping = true;
  }

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
    if (this.#isStopping) missing.push('stopping');
    if (missing.length === 0) return { status: 'ready' };
    this.#logger.warn(`Not ready: ${missing.join(', ')}.`);
    response.status(503).setHeader('Retry-After', '1');
    return { status: 'not_ready', missing };
  }
}
