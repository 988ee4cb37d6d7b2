/**
 * Metadata of configurable fields (name, type, unit, range, default, description), declared once with {@link
 * dev.canyon.engine.setting.Setting} on a record component.
 *
 * <p>Start reading at {@link dev.canyon.engine.setting.SettingsRecord}. Independent of Spring and Jackson.
 */
@NullMarked
@NamedInterface("setting")
package dev.canyon.engine.setting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
