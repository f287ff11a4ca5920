package dev.countersign.examples.orders;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** One order. */
record Order(int id, String customer, String item) {
    JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("customer", customer)
                .add("item", item)
                .build();
    }
}
