/**
 * One connection to a database and its state: every read and write of the store.
 *
 * <p>Start reading at {@link dev.canyon.store.database.DatabaseSession}.
 */
@NullMarked
package dev.canyon.store.database;

import org.jspecify.annotations.NullMarked;
