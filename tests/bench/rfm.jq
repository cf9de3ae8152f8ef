# Of orders in JSON Lines, for each customer the number, the sum and the latest day, as CSV: jq -n -r -f rfm.jq. A new
# value is put in the place of the old one; the shorter `|=` would copy all customers for every order.
reduce inputs as $order ({};
    .[$order.customer_id] as $of
    | .[$order.customer_id] = [($of[0] // 0) + 1, ($of[1] // 0) + $order.amount, ([$of[2] // "", $order.order_date] | max)])
| to_entries[]
| "\(.key),\(.value[2]),\(.value[0]),\(.value[1] * 100 | round)"
