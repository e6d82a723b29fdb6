using System.CommandLine;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Cli;

/// <summary><c>relance approve</c>: messages that leave only once a person has said yes.</summary>
internal static class ApproveCommand
{
    private static readonly Argument<string[]> s_ids = new("id") { Description = "Ids of messages, from 'relance approve list'", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<string> s_id = new("id") { Description = "The message's id, from 'relance approve list'" };
    private static readonly Option<string?> s_step = new("--all-of-step") { Description = "Every message that waits with this step, such as maintenance.suspension" };
    private static readonly Option<bool> s_reject = new("--reject") { Description = "Say no instead: it never goes" };
    private static readonly Option<string?> s_reason = new("--reason") { Description = "With --reject: why" };
    private static readonly Option<bool> s_withdraw = new("--withdraw") { Description = "Take the answer back while it has not left" };

    public static void AddTo(RootCommand root)
    {
        var command = new Command("approve", "Let messages go, or not") { s_ids, s_step, s_reject, s_reason, s_withdraw, Deciding.Yes };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => AnswerAsync(parsed, services, output, ct), ct));
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        root.Subcommands.Add(command);
    }

    private static async Task<int> AnswerAsync(ParseResult parsed, IServiceProvider services, Output output, CancellationToken ct)
    {
        var (reject, withdraw) = (parsed.GetValue(s_reject), parsed.GetValue(s_withdraw));
        if (reject == parsed.GetValue(s_reason) is null)
            throw new UsageException("--reason: expected with --reject, and only with it.");
        if (reject && withdraw)
            throw new UsageException("--withdraw: expected without --reject.");
        var approvals = services.GetRequiredService<Approvals>();
        var ids = parsed.GetValue(s_ids) is { Length: > 0 } given ? given : await OfStepAsync(parsed, services, ct);
        return await Deciding.EachAsync(parsed, output, ids, reject ? "Reject" : withdraw ? "Take back" : "Approve", id =>
            reject ? approvals.RejectAsync(id, parsed.GetValue(s_reason)!, Actor.CommandLine, ct)
            : withdraw ? approvals.WithdrawAsync(id, Actor.CommandLine, ct)
            : approvals.ApproveAsync(id, Actor.CommandLine, ct));
    }

    private static async Task<IReadOnlyList<string>> OfStepAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct) => parsed.GetValue(s_step) is { } step
        ? [.. (await services.GetRequiredService<AgencyReads>().ApprovalsAsync(new ApprovalFilter(Step: step, Limit: 500), ct)).Items.Select(item => item.MessageId)]
        : [];

    private static Command List()
    {
        var command = new Command("list", "List what waits for a yes, what expires first in front");
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var waiting = await services.GetRequiredService<AgencyReads>().ApprovalsAsync(new ApprovalFilter(Limit: 500), ct);
            output.Table(waiting.Items, "Nothing waits for approval.", ("Id", a => a.MessageId), ("Client", a => a.Client), ("Says", a => string.Join(", ", a.Items.Select(i => $"{i.Step} of {i.Reference}"))), ("Until", a => a.Until.Text()));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show a message as it would leave now") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var mail = await services.GetRequiredService<MailPreviews>().OfAsync(parsed.GetRequiredValue(s_id), ct);
            output.Write(new { mail.To, mail.Subject, mail.Text }, console => console.Profile.Out.Writer.WriteLine($"To: {mail.To}\nSubject: {mail.Subject}\n\n{mail.Text}"));
            return ExitCode.Done;
        }, ct));
        return command;
    }
}
