namespace MLOpsGovernance.Server.Hosting;

/// <summary><c>mlgov-server health --url URL</c>: for container health checks, where there is no curl. Exit code 0 when the address answers with success.</summary>
internal static class HealthVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["--url", var url] || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync("usage: mlgov-server health --url http://127.0.0.1:8080/healthz/ready");
            return 2;
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await client.GetAsync(address);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {e.Message}");
            return 1;
        }
    }
}
