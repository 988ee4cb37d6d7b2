/**
 * All definitions as one document, in JSON and YAML. Start reading at {@code ConfigurationController}.
 */
@NullMarked
package dev.canyon.api.configuration;

import org.jspecify.annotations.NullMarked;
