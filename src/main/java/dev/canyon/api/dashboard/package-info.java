/**
 * Serves the dashboard. The dashboard itself is JavaScript in the resource directory {@code static/app}; start reading at its
 * {@code main.js}. It uses only the public API.
 */
@NullMarked
package dev.canyon.api.dashboard;

import org.jspecify.annotations.NullMarked;
