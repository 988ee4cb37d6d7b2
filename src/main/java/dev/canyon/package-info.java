/** The application's entrance: one class that starts it. Each sub-package is a room with its own door text. */
@NullMarked
package dev.canyon;

import org.jspecify.annotations.NullMarked;
