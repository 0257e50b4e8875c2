namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Calls of the measured server, each of which has to succeed.</summary>
internal static class Calls
{
    public static HttpClient As(Uri address, string token, int connections)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <returns>The answer's body.</returns>
    public static async Task<string> DoneAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {body}");
    }
}
