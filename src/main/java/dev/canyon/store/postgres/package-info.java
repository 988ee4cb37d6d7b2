/**
 * PostgreSQL, which may become unavailable at any time. Start reading at {@link
 * dev.canyon.store.postgres.PostgresDatabase}.
 */
@NullMarked
package dev.canyon.store.postgres;

import org.jspecify.annotations.NullMarked;
