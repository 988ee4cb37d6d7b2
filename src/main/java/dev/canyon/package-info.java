/**
 * Application entry point. Each sub-package documents its purpose and dependencies in its package-info.java.
 */
@NullMarked
package dev.canyon;

import org.jspecify.annotations.NullMarked;
