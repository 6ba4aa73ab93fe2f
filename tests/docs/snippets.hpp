#pragma once
// What the snippets in the guides may use without saying so.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/counters.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/asio_runner.hpp>
#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>
#include <argus_ticket/plugins/support.hpp>
#include <argus_ticket/testing/conformance.hpp>
#include <argus_ticket/testing/meddling_transport.hpp>
#include <argus_ticket/testing/mock_transport.hpp>
#include <argus_ticket/transport/async_https.hpp>
#include <argus_ticket/transport/https.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <fstream>
#include <iostream>
#include <thread>
#include <vector>

namespace at = argus_ticket;
namespace asio = boost::asio;
using namespace at::literals;
using namespace std::chrono_literals;
