import { providerContract } from '../provider.contract-suite.js';
import { catalog } from './index.js';

const definitions = catalog({ snowflake: { accountHost: 'acme.snowflakecomputing.com', sqlReads: 'off' } });

for (const definition of definitions) providerContract(definition, definitions);
