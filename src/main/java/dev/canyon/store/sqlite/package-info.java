/**
 * The SQLite file: opening, backup, and recovery of a damaged file. Start reading at {@link
 * dev.canyon.store.sqlite.SqliteDatabase}.
 */
@NullMarked
package dev.canyon.store.sqlite;

import org.jspecify.annotations.NullMarked;
