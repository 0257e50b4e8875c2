namespace MLOpsGovernance.Cli.Connection;

/// <param name="Server">Ends with a slash.</param>
/// <param name="Timeout">For one try, from connecting to the last byte.</param>
/// <param name="RetryFor">How long after the first try another may begin.</param>
internal sealed record ConnectionSettings(Uri Server, string Token, TimeSpan Timeout, TimeSpan RetryFor)
{
    /// <exception cref="CommandFailedException">Something is missing or malformed, with exit code <see cref="ExitCode.Usage"/>.</exception>
    public static ConnectionSettings Of(string? server, string? token, TimeSpan timeout, TimeSpan retryFor)
    {
        if (string.IsNullOrWhiteSpace(server))
            throw CommandFailedException.Usage("No server was named. Give --server URL or set MLGOV_SERVER.");
        if (!Uri.TryCreate(server.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address is not { UserInfo: "", Query: "", Fragment: "" })
            throw CommandFailedException.Usage($"'{server}' is no address of a server. Write http:// or https://, a host and, where needed, a port and a path: https://governance.example.org.");
        if (string.IsNullOrWhiteSpace(token))
            throw CommandFailedException.Usage("No token was given. Set MLGOV_TOKEN or give --token.");
        if (token.Trim().AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw CommandFailedException.Usage("The token holds a character that no token has. Tokens are visible ASCII without spaces.");

        return new(address.AbsolutePath.EndsWith('/') ? address : new(address.AbsoluteUri + "/"), token.Trim(), timeout, retryFor);
    }
}
