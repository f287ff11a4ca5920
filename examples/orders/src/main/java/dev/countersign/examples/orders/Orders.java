package dev.countersign.examples.orders;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The orders of this example: in memory, gone with the server. */
final class Orders {
    private static final List<Order> ALL = new CopyOnWriteArrayList<>(
            List.of(new Order(1, "Ada", "analytical engine"), new Order(2, "Grace", "compiler")));

    private Orders() {}

    static List<Order> all() {
        return List.copyOf(ALL);
    }

    static Optional<Order> find(int id) {
        return ALL.stream().filter(order -> order.id() == id).findFirst();
    }

    static synchronized Order add(String customer, String item) {
        Order order = new Order(ALL.size() + 1, customer, item);
        ALL.add(order);
        return order;
    }
}
