import { ConfigModule } from '@nestjs/config';
import { type Config, loadConfig } from './config.js';

/**
 * Reads `.env` and the environment, which wins, and checks both at once.
 * @throws ConfigurationError listing every mistake.
 */
export async function readConfig(envFilePath = '.env'): Promise<Config> {
  let config: Config | undefined;
  await ConfigModule.forRoot({
    envFilePath,
    validate: (environment) => {
      config = loadConfig(environment);
      return environment;
    },
  });
  return config as Config;
}
