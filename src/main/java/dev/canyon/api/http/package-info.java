/**
 * Conventions shared by all resources: pages and cursors, conditional requests, query parameters, body limits, caching.
 */
@NullMarked
package dev.canyon.api.http;

import org.jspecify.annotations.NullMarked;
