// Starts the language server for policy files, and stops it again.
// Everything that it knows comes from the server; nothing of the language is written here.

const { workspace, window } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

async function activate(context) {
  const command = workspace.getConfiguration("courtesy").get("server");
  const run = { command, transport: TransportKind.stdio };
  client = new LanguageClient("courtesy", "Courtesy", { run, debug: run }, {
    documentSelector: [{ language: "courtesy" }],
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.courtesy") },
  });
  context.subscriptions.push({ dispose: () => client.stop() });
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `Courtesy: cannot start \`${command}\`. Install it with \`cargo install --path crates/courtesy-lsp\`, ` +
        `or set courtesy.server to its path. (${error.message})`,
    );
  }
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
