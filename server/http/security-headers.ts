import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** helmet's own policy allows inline styles and framing by ourselves: too much for a page that people sign on. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ["'none'"],
};

const UNUSED_FEATURES =
  'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=(), ' +
  'publickey-credentials-get=(), browsing-topics=()';

const TWO_YEARS_SECONDS = 63_072_000;

/** Headers of every answer. Nothing is kept by caches but the assets, and what a controller allows after this. */
export function securityHeaders(options: { isHttps: boolean }): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: POLICY },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: options.isHttps && { maxAge: TWO_YEARS_SECONDS, includeSubDomains: false },
      xFrameOptions: { action: 'deny' },
    }),
    (request, response, next) => {
      response.setHeader('Permissions-Policy', UNUSED_FEATURES);
      // The static files set their own, but only where none is set.
      if (!request.path.startsWith('/assets/')) response.setHeader('Cache-Control', 'no-store');
      next();
    },
  ];
}
