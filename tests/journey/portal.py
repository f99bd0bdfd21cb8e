#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal on the session bus that lets every application stay in the background, until it is ended. Says which one asked.

usage: portal.py
"""

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = """<node><interface name='org.freedesktop.portal.Background'>
  <method name='RequestBackground'>
    <arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/>
  </method>
</interface></node>"""


def on_call(bus, sender, _path, _interface, _method, parameters, invocation):
    _, options = parameters.unpack()
    handle = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
    invocation.return_value(GLib.Variant("(o)", (handle,)))
    bus.emit_signal(sender, handle, "org.freedesktop.portal.Request", "Response",
                    GLib.Variant("(ua{sv})", (0, {"background": GLib.Variant("b", True)})))
    print(f"asked: {options['reason']}", flush=True)


def on_bus(bus, _name):
    bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], on_call, None, None)


Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, on_bus, lambda *_: print("ready", flush=True), None)
GLib.MainLoop().run()
