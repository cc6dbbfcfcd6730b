package io.clusterspring.samples.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The page of the sample in a Chromium of its own.
 */
final class ChatPage implements AutoCloseable {

	// it warns that it has no DevTools protocol for this Chromium, which is not used here
	private static final Logger selenium = Logger.getLogger("org.openqa.selenium");

	private static final Path AXE = Path.of("node_modules/axe-core/axe.min.js");

	private final ChromeDriver driver;

	private ChatPage(ChromeDriver driver) {
		this.driver = driver;
	}

	static ChatPage launch() {
		selenium.setLevel(Level.SEVERE);
		Path chromium = Tool.find("the package chromium", "chromium", "chromium-browser", "google-chrome");
		Path driver = Tool.find("the package chromium-driver", "chromedriver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--disable-dev-shm-usage", "--disable-sync", "--disable-component-update", "--no-first-run",
				"--disable-background-networking", "--no-proxy-server", "--window-size=1000,900",
				"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
		LoggingPreferences logged = new LoggingPreferences();
		logged.enable(LogType.BROWSER, Level.SEVERE);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logged);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile())
			.usingAnyFreePort()
			.withSilent(true)
			.build();
		return new ChatPage(new ChromeDriver(service, options));
	}

	/**
	 * Open the page of a node and enter a room through its form. A page that was opened
	 * before remembers its room, which must be left first.
	 */
	ChatPage enter(ChatNode node, String user, String room) {
		return enter(node.url() + "/", user, room);
	}

	ChatPage enterStomp(ChatNode node, String user, String room) {
		return enter(node.url() + "/stomp.html", user, room);
	}

	/**
	 * Run a script on a page that has none of its own.
	 */
	ChatPage runOn(String url, String script) {
		this.driver.get(url);
		this.driver.executeScript(script);
		return this;
	}

	/**
	 * Return the value of an expression.
	 */
	Object evaluate(String expression) {
		return this.driver.executeScript("return " + expression);
	}

	/**
	 * Open a page, without the room that it may remember.
	 */
	ChatPage open(String url) {
		this.driver.get(url);
		WebElement change = this.driver.findElement(testId("change"));
		if (change.isDisplayed()) {
			change.click();
		}
		return this;
	}

	/**
	 * Open the page that shows both nodes.
	 */
	ChatPage openBoth(String url) {
		this.driver.get(url + "/both.html");
		return this;
	}

	/**
	 * Do something with the page of one node, within the page that shows both.
	 */
	<T> T inFrame(String node, Function<ChatPage, T> action) {
		this.driver.switchTo().frame(node);
		try {
			return action.apply(this);
		}
		finally {
			this.driver.switchTo().defaultContent();
		}
	}

	void press(String testId) {
		this.driver.findElement(testId(testId)).click();
	}

	boolean canPress(String testId) {
		return this.driver.findElement(testId(testId)).isEnabled();
	}

	/**
	 * Give the page the size of a screen.
	 */
	ChatPage showOn(Screen screen) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", screen.width, "height",
				screen.height, "deviceScaleFactor", 1, "mobile", screen == Screen.PHONE));
		return this;
	}

	/**
	 * Return what is wrong by the rules of axe.
	 */
	List<String> violations() {
		this.driver.executeScript(read(AXE));
		Object found = this.driver.executeAsyncScript("const done = arguments[0];"
				// elements that fade in are pale at first
				+ "Promise.allSettled(document.getAnimations().filter((each) => each.effect.getTiming().iterations < 9)"
				+ ".map((each) => each.finished)).then(() => axe.run())"
				+ ".then((result) => done(result.violations.map((rule) => rule.id + ': '"
				+ " + rule.nodes.map((node) => node.target + ' ' + node.failureSummary).join(', '))))");
		return ((List<?>) found).stream().map(String.class::cast).toList();
	}

	private static String read(Path script) {
		try {
			return Files.readString(script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the errors of the page's scripts since the last call.
	 */
	List<String> errors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.map(LogEntry::getMessage)
			.filter((message) -> message.contains("Error"))
			.toList();
	}

	boolean isOnScreen(String testId) {
		return (Boolean) this.driver.executeScript(
				"const box = arguments[0].getBoundingClientRect();"
						+ "return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0"
						+ " && box.right <= innerWidth && arguments[0].contains(document.elementFromPoint("
						+ "(box.left + box.right) / 2, (box.top + box.bottom) / 2))",
				this.driver.findElement(testId(testId)));
	}

	boolean isWiderThanTheScreen() {
		return (Boolean) this.driver.executeScript("return document.documentElement.scrollWidth > innerWidth");
	}

	/**
	 * Return the entries of a list that are neither in its visible part nor out of it.
	 */
	List<String> cut(String testId) {
		return select("[data-testid=" + testId + "] li",
				"e => { const whole = e.parentElement.getBoundingClientRect();"
						+ " const box = e.getBoundingClientRect(); return box.top < whole.bottom - 1"
						+ " && box.bottom > whole.bottom + 1 ? e.innerText : ''; }",
				String.class)
			.stream()
			.filter((text) -> !text.isEmpty())
			.toList();
	}

	String text(String testId) {
		return this.driver.findElement(testId(testId)).getText();
	}

	/**
	 * Return the whispers, each with what the page says of it.
	 */
	List<String> whispers() {
		return select("[data-testid=message].whispered",
				"e => e.querySelector('.whisper').innerText + ': ' + e.querySelector('.body').innerText", String.class);
	}

	private ChatPage enter(String url, String user, String room) {
		open(url);
		type("name", user);
		type("room", room);
		this.driver.findElement(By.cssSelector("[data-testid=join] button")).click();
		ChatNode.eventually().until(() -> state().equals("Connected"));
		return this;
	}

	private void type(String testId, String text) {
		this.driver.findElement(testId(testId)).clear();
		this.driver.findElement(testId(testId)).sendKeys(text);
	}

	void say(String text) {
		type("body", text);
		this.driver.findElement(testId("send")).click();
	}

	boolean canSay() {
		return this.driver.findElement(testId("send")).isEnabled();
	}

	String state() {
		return this.driver.findElement(testId("state")).getText();
	}

	/**
	 * Return the node that the page shows as its own.
	 */
	String self() {
		return this.driver.findElement(testId("self-node")).getText();
	}

	List<String> nodes() {
		return select("[data-testid=nodes] .name", "e => e.innerText", String.class);
	}

	List<String> online() {
		return select("[data-testid=online] .name", "e => e.innerText", String.class);
	}

	/**
	 * Return the people in the room, each as the page shows it.
	 */
	List<String> people() {
		return select("[data-testid=people] li", "e => [...e.children].map((part) => part.innerText).join(' ')",
				String.class);
	}

	/**
	 * Write a text without sending it.
	 */
	void write(String text) {
		type("body", text);
	}

	String typing() {
		return this.driver.findElement(testId("typing")).getText();
	}

	/**
	 * Make the page believe that it is hidden, or visible again.
	 */
	void turnAway(boolean away) {
		this.driver
			.executeScript("Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });"
					+ "document.dispatchEvent(new Event('visibilitychange'))", away);
	}

	List<Line> messages() {
		return select("[data-testid=message]",
				"e => ['author', 'node', 'body'].map((part) => e.querySelector('.' + part).innerText)", List.class)
			.stream()
			.map((parts) -> new Line((String) parts.get(0), (String) parts.get(1), (String) parts.get(2)))
			.toList();
	}

	/**
	 * Return what the page says where it was connected again.
	 */
	List<String> returns() {
		return select("[data-testid=message][data-gap]", "e => e.dataset.gap", String.class);
	}

	/**
	 * Return the names of all elements in the messages.
	 */
	List<String> elementsOfMessages() {
		return select("[data-testid=message] *", "e => e.localName", String.class);
	}

	String title() {
		return this.driver.getTitle();
	}

	private <T> List<T> select(String selector, String toValue, Class<T> type) {
		Object found = this.driver
			.executeScript("return [...document.querySelectorAll(arguments[0])].map(" + toValue + ")", selector);
		return ((List<?>) found).stream().map(type::cast).toList();
	}

	private static By testId(String id) {
		return By.cssSelector("[data-testid=" + id + "]");
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * The size of a screen.
	 */
	enum Screen {

		PHONE(390, 700), DESKTOP(1280, 800);

		private final int width;

		private final int height;

		Screen(int width, int height) {
			this.width = width;
			this.height = height;
		}

	}

	/**
	 * A message as the page shows it.
	 *
	 * @param author the author
	 * @param node the node that published it
	 * @param body the text
	 */
	record Line(String author, String node, String body) {
	}

}
