package dev.canyon.supply;

/** A library in the bill of materials. */
record Component(String group, String artifact, String version) {

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
