export { PLATFORM_PERMISSIONS } from './permissions.js';
export { PlatformModule } from './platform.module.js';
