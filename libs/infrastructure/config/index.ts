export { CONFIGURATION, type Configuration, ConfigurationError, type RequestLimits } from './configuration.js';
export { ConfigurationModule } from './configuration.module.js';
export { deriveKey } from './derive-key.js';
export { loadConfiguration } from './load-configuration.js';
export { isLoopback, isNear } from './production-rules.js';
