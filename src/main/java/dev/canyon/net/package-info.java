/**
 * Addresses, address ranges, ports and the addresses of this host.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.canyon.net;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
